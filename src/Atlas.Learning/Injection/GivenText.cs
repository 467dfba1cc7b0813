using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>A role's text as it goes into prompts.</summary>
/// <param name="Text">The injected text; never empty.</param>
/// <param name="VersionSha256">SHA-256 of the version's own text, 64 lower-case hex digits, as in <c>learning_registry</c>. It does not
/// depend on what a session gets of it.</param>
/// <param name="Entries">The entries of this role that are given, the most proven first.</param>
/// <param name="LeftOut">The entries that did not fit.</param>
/// <param name="Cut">How the preface was shortened; null if it was not.</param>
public sealed record GivenText(
    RoleText Text, string VersionSha256, ImmutableArray<PlaybookEntry> Entries, ImmutableArray<string> LeftOut, PrefaceCut? Cut)
{
    /// <summary>SHA-256 of the injected text, 64 lower-case hex digits.</summary>
    public string Sha256 => Sha256Text.Hex(Text.Text);

    /// <summary>Returns what a role gets of a version; null if there is nothing to inject.</summary>
    /// <param name="playbook">The version.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="limit">The largest number of code points of the text, at least 3.</param>
    public static GivenText? Of(LearnedPlaybook playbook, string role, int limit)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return playbook.IsRendered ? Rendered(playbook, role, limit) : AsWritten(playbook, role, limit);
    }

    /// <summary>Returns the SHA-256 of a version's own text for a role; null if it has none.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? VersionHash(LearnedPlaybook playbook, string role, int limit) => Of(playbook, role, limit)?.VersionSha256;

    /// <summary>Rebuilds what a session got from what was stored; null if it got nothing.</summary>
    /// <param name="playbook">The version it got.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="isGiven">Whether an entry was given.</param>
    /// <param name="cut">How the preface was shortened; null if it was not.</param>
    public static RoleText Rebuilt(LearnedPlaybook playbook, string role, Func<string, bool> isGiven, PrefaceCut? cut)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var whole = RoleText.Of(playbook, role);
        if (cut is not null && !playbook.IsRendered)
        {
            whole = RoleText.AsWritten(cut.Apply(whole.Text), playbook.Entries);
        }

        var missing = whole.Places.Select(place => place.EntryId).Where(id => !isGiven(id)).ToHashSet(StringComparer.Ordinal);
        var given = whole.Without(missing);
        return cut is not null && playbook.IsRendered ? given.WithPreface(cut.Apply(given.Preface ?? "")) : given;
    }

    private static GivenText? Rendered(LearnedPlaybook playbook, string role, int limit)
    {
        var entries = EntryOrder.Of(playbook, role);
        var whole = RoleText.Of(playbook, role);
        if (whole.Text.Length == 0)
        {
            return null;
        }

        var fitted = PlaybookBudget.Fit(whole, [.. entries.Select(EntryIds.Of)], limit, PythonText.Length);
        return fitted.Text.Text.Length == 0
            ? null
            : new GivenText(
                fitted.Text,
                Sha256Text.Hex(whole.Text),
                entries.RemoveAll(entry => fitted.LeftOut.Contains(EntryIds.Of(entry), StringComparer.Ordinal)),
                fitted.LeftOut,
                fitted.Cut);
    }

    /// <summary>A text as written has no lines of entries that could be left out, so it is cut like the original cut it, and its hash is
    /// the recorded one. Its entries are tracked whether or not they are in the text.</summary>
    private static GivenText? AsWritten(LearnedPlaybook playbook, string role, int limit)
    {
        var text = role == "teacher" ? playbook.TeacherPreface : playbook.StudentPreface;
        if (PlaybookRenderer.Trim(text, limit) is not { } injected)
        {
            return null;
        }

        var whole = PlaybookRenderer.Armless(text)!;
        return new GivenText(
            new RoleText(injected, Restatement.Find(injected, playbook.Entries)),
            Sha256Text.Hex(injected),
            [.. (playbook.Entries.IsDefault ? [] : playbook.Entries).Where(entry => entry.Role == role)],
            [],
            injected == whole ? null : PrefaceCut.Between(whole, injected));
    }
}
