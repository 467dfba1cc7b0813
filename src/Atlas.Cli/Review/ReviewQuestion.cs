using Atlas.Cli.Output;

namespace Atlas.Cli.Review;

/// <summary>Asks the person at the terminal what to do with a session, one key at a time.</summary>
internal static class ReviewQuestion
{
    private const string Prompt = "[a]pprove  [q]uarantine  [s]kip  [n]ote  e[x]it: ";

    /// <returns>The choice, and the note that was entered before it; null for none.</returns>
    /// <exception cref="OperationCanceledException">The command is stopped, as with Ctrl+C.</exception>
    public static async Task<(ReviewChoice Choice, string? Note)> AskAsync(Terminal terminal, CancellationToken cancellation)
    {
        string? note = null;
        while (true)
        {
            terminal.TalkWriter.Write(Prompt);
            var pressed = await Keyboard.ReadAsync(() => Console.ReadKey(intercept: true), cancellation);
            terminal.Say(char.IsControl(pressed.KeyChar) ? "" : pressed.KeyChar.ToString());
            switch (char.ToLowerInvariant(pressed.KeyChar))
            {
                case 'a':
                    return (ReviewChoice.Approve, note);
                case 'q':
                    return (ReviewChoice.Quarantine, note);
                case 's':
                    return (ReviewChoice.Skip, null);
                case 'x' or '\u001b' or '\u0004':
                    return (ReviewChoice.Quit, null);
                case 'n':
                    terminal.TalkWriter.Write("Note: ");
                    note = (await Keyboard.ReadAsync(Console.ReadLine, cancellation))?.Trim() is { Length: > 0 } written ? written : null;
                    break;
                default:
                    break;
            }
        }
    }
}
