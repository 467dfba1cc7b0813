using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;

namespace Atlas.Learning.Forgetting;

/// <summary>Follows the prose of one role through the versions of a key and reduces it.</summary>
/// <remarks>Text that came with a version learned from forgotten sessions alone goes back to the text before it. All other text loses the
/// sentences that repeat a withdrawn entry, and the lines that contain the subject.</remarks>
internal sealed class PrefaceTrail(ForgetOrder order, Func<IReadOnlyCollection<PlaybookEntry>> withdrawn)
{
    private readonly Dictionary<string, string?> _left = new(StringComparer.Ordinal);
    private string? _said;
    private string? _now;

    /// <summary>Returns what a version says now in place of <paramref name="text"/>.</summary>
    public string? Next(string? text, PlaybookChanged changed)
    {
        if (!string.Equals(text, _said, StringComparison.Ordinal))
        {
            _now = text is null || !_left.TryGetValue(text, out var known)
                ? changed.SessionIds is { IsDefaultOrEmpty: false } sessions && sessions.All(order.Sessions.Contains) ? _now : Cleaned(text)
                : known;
            _said = text;
            if (text is not null)
            {
                _left[text] = _now;
            }
        }

        return _now;
    }

    /// <summary>Returns what is left of a text about which nothing else is known.</summary>
    public string? Of(string? text) => text is null ? null : _left.TryGetValue(text, out var known) ? known : Cleaned(text);

    private string? Cleaned(string? text)
    {
        var left = withdrawn() is { Count: > 0 } gone ? Restatement.Without(text, gone, []) : text;
        return left is null || !order.IsIn(left) ? left : string.Join('\n', left.Split('\n').Where(line => !order.IsIn(line)));
    }
}
