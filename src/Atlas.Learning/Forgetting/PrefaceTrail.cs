using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;

namespace Atlas.Learning.Forgetting;

/// <summary>Follows the prose of one role through the versions of a key, and tells what is left of it.</summary>
/// <remarks>Words that came with a version which was learned from forgotten sessions alone go back to what stood there before. Of all others the
/// sentences go that say a withdrawn entry again, and the lines that hold the subject.</remarks>
internal sealed class PrefaceTrail(ForgetOrder order, Func<IReadOnlyCollection<PlaybookEntry>> withdrawn)
{
    private readonly Dictionary<string, string?> _left = new(StringComparer.Ordinal);
    private string? _said;
    private string? _now;

    /// <summary>What a version says now in the place of <paramref name="text"/>.</summary>
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

    /// <summary>What is left of a text of which nothing else is known.</summary>
    public string? Of(string? text) => text is null ? null : _left.TryGetValue(text, out var known) ? known : Cleaned(text);

    private string? Cleaned(string? text)
    {
        var left = withdrawn() is { Count: > 0 } gone ? Restatement.Without(text, gone, []) : text;
        return left is null || !order.IsIn(left) ? left : string.Join('\n', left.Split('\n').Where(line => !order.IsIn(line)));
    }
}
