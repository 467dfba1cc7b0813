using Atlas.Learning.Text;
using Spectre.Console;

namespace Atlas.Cli.Output;

/// <summary>Progress on standard error, only if someone is watching.</summary>
internal static class Progress
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs <paramref name="work"/> and shows its progress in a line.</summary>
    public static async Task CountAsync(Terminal terminal, string what, Func<string> progress, Func<Task> work, TimeProvider clock)
    {
        if (!terminal.ShowsProgress)
        {
            terminal.Say($"{what} …");
            await work();
            return;
        }

        await terminal.TalkConsole.Status().StartAsync(Shown(what), async status =>
        {
            await using var timer = clock.CreateTimer(
                _ => status.Status = Shown($"{what}: {progress()}"), null, Period, Period);
            await work();
        });
    }

    /// <summary>Runs <paramref name="work"/> and shows a spinner; if nobody is watching, one line says what is awaited.</summary>
    public static Task WaitAsync(Terminal terminal, string what, Func<Task> work) => WaitAsync(terminal, what, async () =>
    {
        await work();
        return true;
    });

    /// <summary>Does the same for work that has a result.</summary>
    public static async Task<T> WaitAsync<T>(Terminal terminal, string what, Func<Task<T>> work)
    {
        if (!terminal.ShowsProgress)
        {
            terminal.Say($"{what} …");
            return await work();
        }

        return await terminal.TalkConsole.Status().StartAsync(Shown(what), _ => work());
    }

    private static string Shown(string text) => Markup.Escape(VisibleText.OneLine(text));
}
