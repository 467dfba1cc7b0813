using Spectre.Console;

namespace Atlas.Cli.Output;

/// <summary>Progress on standard error, only where someone watches.</summary>
internal static class ProgressBar
{
    /// <summary>Runs <paramref name="work"/> beside a bar of <paramref name="total"/> steps; it calls its argument once per step.</summary>
    public static async Task<T> CountAsync<T>(Terminal terminal, string what, int total, Func<Action, Task<T>> work)
    {
        if (!terminal.ShowsProgress)
        {
            return await work(static () => { });
        }

        return await terminal.TalkConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
                return await work(() => task.Increment(1));
            });
    }

    /// <summary>Runs <paramref name="work"/> beside a spinner; where nobody watches, one line says what is awaited.</summary>
    public static Task WaitAsync(Terminal terminal, string what, Func<Task> work) => WaitAsync(terminal, what, async () =>
    {
        await work();
        return true;
    });

    /// <summary>The same for work that has a result.</summary>
    public static async Task<T> WaitAsync<T>(Terminal terminal, string what, Func<Task<T>> work)
    {
        if (!terminal.ShowsProgress)
        {
            terminal.Say($"{what} …");
            return await work();
        }

        return await terminal.TalkConsole.Status().StartAsync(Markup.Escape(what), _ => work());
    }
}
