namespace Atlas.Cli.Run.Console;

/// <summary>Writes text that comes in pieces. Where several answers come at once, one of them is written as it comes, and the
/// others as a whole when they have ended. Not safe for use by several threads at once.</summary>
internal sealed class TokenStream(TextWriter writer)
{
    private readonly Dictionary<Guid, List<string>> _waiting = [];
    private Guid? _current;
    private bool _lineIsOpen;

    public void Add(Guid answer, string text)
    {
        _current ??= answer;
        if (_current == answer)
        {
            Write(text);
            return;
        }

        if (!_waiting.TryGetValue(answer, out var pieces))
        {
            _waiting[answer] = pieces = [];
        }

        pieces.Add(text);
    }

    /// <summary>The answer has ended.</summary>
    public void End(Guid answer)
    {
        if (_current == answer)
        {
            Break();
            _current = null;
        }

        if (_waiting.Remove(answer, out var pieces))
        {
            Break();
            pieces.ForEach(Write);
            Break();
        }
    }

    /// <summary>Ends the line, because somebody else is to write.</summary>
    public void Break()
    {
        if (_lineIsOpen)
        {
            writer.WriteLine();
            _lineIsOpen = false;
        }
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            writer.Write(text);
            writer.Flush();
            _lineIsOpen = !text.EndsWith('\n');
        }
    }
}
