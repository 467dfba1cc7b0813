namespace Atlas.Cli.Run.Console;

/// <summary>Writes text that arrives in pieces. If several answers arrive concurrently, one of them is written as it arrives, and the
/// others as a whole when they have ended. Not thread-safe.</summary>
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

    /// <summary>Ends an answer.</summary>
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

    /// <summary>Ends the line, because somebody else is about to write.</summary>
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
