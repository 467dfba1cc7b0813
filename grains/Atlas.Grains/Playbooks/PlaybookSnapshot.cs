using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Grains.Playbooks;

/// <summary>Converts a version to the form in which sessions get it.</summary>
internal static class PlaybookSnapshot
{
    /// <summary>Returns a version as it goes into prompts.</summary>
    public static ResolvedPlaybook Of(
        string learningKey, ServedPlaybook version, LearningOptions options, GivenText? student, GivenText? teacher) => new(
        learningKey,
        version.Version,
        version.MadeAt,
        options.PlaybookInjectionMode,
        ApplyToPrompts: true,
        version.Playbook.Entries.Length,
        Role("student", student, version),
        Role("teacher", teacher, version))
    {
        Entries = [.. (student?.Entries ?? []).Concat(teacher?.Entries ?? []).Select(Given)],
        LeftOut = [.. (student?.LeftOut ?? []).Concat(teacher?.LeftOut ?? [])],
    };

    private static RolePlaybook? Role(string role, GivenText? given, ServedPlaybook version) => given is null ? null
        : new RolePlaybook(given.Text.Text, given.Sha256, PlaybookRenderer.Block(role, given.Text.Text, version.MadeAt, version.Version))
        {
            VersionSha256 = given.VersionSha256,
            Spans = [.. given.Text.Places.Select(place => new EntrySpan(place.EntryId, place.Start, place.Length))],
            PrefaceKept = given.Cut?.Kept,
            PrefaceMark = given.Cut?.Mark ?? "",
        };

    /// <summary>Returns an entry as sessions get it.</summary>
    public static GivenEntry Given(PlaybookEntry entry) => new(
        EntryIds.Of(entry),
        entry.Role,
        EntryWords.Sha256Of(entry),
        EntryOrder.IsOnTrial(entry),
        entry.Cue with { Extra = null },
        entry.Action.RuntimeHandle,
        entry.Action.ToolName)
    {
        ExpectedEffect = entry.ExpectedEffect,
        Category = entry.Scope.Category,
        Constraints = entry.Scope.Constraints,
        AppliesWhen = entry.Scope.AppliesWhen,
    };
}
