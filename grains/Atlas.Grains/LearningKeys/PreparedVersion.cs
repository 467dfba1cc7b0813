using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Learning.Usage;

namespace Atlas.Grains.LearningKeys;

/// <summary>A version in the form that sessions get while its entries keep their states: rendered once, so that a start only draws.
/// Immutable.</summary>
internal sealed class PreparedVersion
{
    private readonly ImmutableArray<(TrialSubject Subject, CueMatcher? Cue)> _subjects;
    private readonly int _version;
    private readonly string _standings;

    private PreparedVersion(int version, string standings, ResolvedPlaybook whole, ImmutableArray<GivenEntry> barred, ImmutableArray<(TrialSubject Subject, CueMatcher? Cue)> subjects) =>
        (_version, _standings, Whole, Barred, _subjects) = (version, standings, whole, barred, subjects);

    /// <summary>The version with all entries that any session gets.</summary>
    public ResolvedPlaybook Whole { get; }

    /// <summary>Whether it says anything to the sessions that get it.</summary>
    public bool HasText => Whole.ApplyToPrompts && Whole is not { Student: null, Teacher: null };

    /// <summary>Its entries that no session gets: candidates, retired and withdrawn ones, and those that wait for their trial.</summary>
    public ImmutableArray<GivenEntry> Barred { get; }

    /// <summary>Renders a version.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version.</param>
    /// <param name="reachesPrompts">False if it only waits.</param>
    /// <param name="evidence">The key's trials.</param>
    /// <param name="options">Limits, and the options for trials.</param>
    public static PreparedVersion Of(string learningKey, ServedPlaybook version, bool reachesPrompts, KeyEvidence evidence, LearningOptions options)
    {
        var entries = version.Playbook.Entries.IsDefault ? [] : version.Playbook.Entries.Where(EntryOrder.IsRendered).DistinctBy(EntryIds.Of, StringComparer.Ordinal).ToImmutableArray();
        var subjects = entries.Select(entry => new TrialSubject(EntryIds.Of(entry), Sha(entry), IsTriggered: true)).ToList();
        var barred = evidence.DrawEntries(new(), learningKey, "", subjects, IsLimited(options), options.Evidence).Barred.ToHashSet(StringComparer.Ordinal);

        // Entries that no session gets take no space.
        var given = barred.Count == 0 ? version.Playbook : version.Playbook with { Entries = version.Playbook.Entries.RemoveAll(entry => barred.Contains(EntryIds.Of(entry))) };
        var whole = PlaybookSnapshot.Of(
            learningKey,
            version with { Playbook = given },
            options,
            options.Enabled ? GivenText.Of(given, "student", options.PlaybookLimit) : null,
            options.Enabled ? GivenText.Of(given, "teacher", options.PlaybookLimit) : null) with
        {
            ApplyToPrompts = options.Enabled && reachesPrompts,
            EntryCount = version.Playbook.Entries.Length,
        };
        if (whole.Student is { } student && GivenText.VersionHash(version.Playbook, "student", options.PlaybookLimit) is { } ofStudent)
        {
            whole = whole with { Student = student with { VersionSha256 = ofStudent } };
        }

        if (whole.Teacher is { } teacher && GivenText.VersionHash(version.Playbook, "teacher", options.PlaybookLimit) is { } ofTeacher)
        {
            whole = whole with { Teacher = teacher with { VersionSha256 = ofTeacher } };
        }

        // Entries without words in the text cannot be withheld, so there is nothing to learn about them.
        var spoken = (whole.Student?.Spans ?? []).Concat(whole.Teacher?.Spans ?? []).Select(span => span.EntryId).ToHashSet(StringComparer.Ordinal);
        return new PreparedVersion(
            version.Version,
            Standings(evidence),
            whole,
            [.. entries.Where(entry => barred.Contains(EntryIds.Of(entry))).Select(PlaybookSnapshot.Given)],
            [
                .. entries.Where(entry => spoken.Contains(EntryIds.Of(entry)) && !barred.Contains(EntryIds.Of(entry)))
                    .Select(entry => (new TrialSubject(EntryIds.Of(entry), Sha(entry), IsTriggered: true), CueOf(entry, evidence))),
            ]);
    }

    /// <summary>Whether it is still valid for a version.</summary>
    public bool IsOf(int version, KeyEvidence evidence) => _version == version && _standings == Standings(evidence);

    /// <summary>Returns the entries as the draw for a session sees them.</summary>
    public IReadOnlyList<TrialSubject> Subjects(string task) => [.. _subjects.Select(each => each.Subject with { IsTriggered = each.Cue?.IsMatch(task) ?? true })];

    /// <summary>Whether few entries can vary from session to session, because the beginning of a prompt is cached.</summary>
    public static bool IsLimited(LearningOptions options) => options.PlaybookInjectionMode is Domain.InjectionMode.Prefix;

    /// <summary>Returns null for an entry that every session counts for, because its cue cannot be judged on the text of a task.</summary>
    private static CueMatcher? CueOf(PlaybookEntry entry, KeyEvidence evidence)
    {
        var cue = CueMatcher.For(entry.Cue);
        return !cue.CanMatch || evidence.Find(EntryIds.Of(entry), Sha(entry)) is { InEverySession: true } ? null : cue;
    }

    // If few entries can vary, the one that an experiment is about is among them.
    private static string Standings(KeyEvidence evidence) => evidence.Experiment is { IsRunning: true, Plan.Entry: { } asked } ? $"{States(evidence)} {asked}" : States(evidence);

    private static string States(KeyEvidence evidence) => string.Create(evidence.Entries.Length, evidence.Entries, static (text, trials) =>
    {
        for (var at = 0; at < text.Length; at++)
        {
            text[at] = (char)('a' + (int)trials[at].State + (trials[at].InEverySession ? 10 : 0) + (trials[at].WasTried ? 20 : 0));
        }
    });

    private static string Sha(PlaybookEntry entry) => GivenPlaybook.Short(EntryWords.Sha256Of(entry));
}
