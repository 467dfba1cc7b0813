using Atlas.Cli.Output;

namespace Atlas.Cli.Review;

/// <summary>Asks the person at the terminal what to do with a session, one key at a time.</summary>
internal static class ReviewQuestion
{
    private const string Prompt = "[a]pprove  [q]uarantine  [s]kip  [n]ote  e[x]it: ";

    /// <returns>The choice, and the note that was entered before it; null for none.</returns>
    public static (ReviewChoice Choice, string? Note) Ask(Terminal terminal)
    {
        string? note = null;
        while (true)
        {
            terminal.TalkWriter.Write(Prompt);
            var pressed = Console.ReadKey(intercept: true);
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
                    note = Console.ReadLine()?.Trim() is { Length: > 0 } written ? written : null;
                    break;
                default:
                    break;
            }
        }
    }
}
