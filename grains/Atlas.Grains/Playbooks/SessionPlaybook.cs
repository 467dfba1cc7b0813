using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Learning.Text;

namespace Atlas.Grains.Playbooks;

/// <summary>What one session gets of its key's playbook, and how that is stored. Pure.</summary>
internal static class SessionPlaybook
{
    /// <summary>Returns the playbook without some entries: their words are not rendered, and their cues not searched for.</summary>
    /// <param name="playbook">The playbook that the key gives to all sessions.</param>
    /// <param name="withheld">Ids of the entries to withhold. Entries without words in the texts cannot be withheld, and are not.</param>
    public static ResolvedPlaybook Without(ResolvedPlaybook playbook, IReadOnlySet<string> withheld)
    {
        var spoken = (playbook.Student?.Spans ?? []).Concat(playbook.Teacher?.Spans ?? []).Select(span => span.EntryId).ToHashSet(StringComparer.Ordinal);
        var taken = playbook.Entries.Where(entry => withheld.Contains(entry.Id) && spoken.Contains(entry.Id)).ToImmutableArray();
        if (taken.IsEmpty)
        {
            return playbook;
        }

        var ids = taken.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        return playbook with
        {
            Student = Role(playbook.Student, "student"),
            Teacher = Role(playbook.Teacher, "teacher"),
            Entries = playbook.Entries.RemoveAll(entry => ids.Contains(entry.Id)),
            Withheld = taken,
        };

        RolePlaybook? Role(RolePlaybook? role, string name)
        {
            if (role is null)
            {
                return null;
            }

            var text = new RoleText(role.Text, [.. role.Spans.Select(span => new EntryPlace(span.EntryId, span.Start, span.Length))]).Without(ids);
            return text.Text.Length == 0 ? null : role with
            {
                Text = text.Text,
                Sha256 = Sha256Text.Hex(text.Text),
                Block = PlaybookRenderer.Block(name, text.Text, playbook.UpdatedAt, playbook.Version),
                VersionSha256 = role.VersionSha256,
                Spans = [.. text.Places.Select(place => new EntrySpan(place.EntryId, place.Start, place.Length))],
            };
        }
    }

    /// <summary>Returns the playbook for a session in an arm of an experiment.</summary>
    public static ResolvedPlaybook In(this ResolvedPlaybook playbook, ExperimentArm? arm) =>
        arm is null ? playbook : playbook with { Arm = arm, InjectionMode = arm.Settings?.InjectionMode ?? playbook.InjectionMode };

    /// <summary>Returns what is stored with the session; null if nothing is injected and nothing was withheld.</summary>
    public static string? Record(ResolvedPlaybook playbook) => playbook.Arm is null && (!playbook.ApplyToPrompts || playbook is { Student: null, Teacher: null, Withheld.IsEmpty: true })
        ? null
        : JsonSerializer.Serialize(
            new GivenPlaybook
            {
                Student = Told(playbook.Student),
                Teacher = Told(playbook.Teacher),
                Given = Hashes(playbook.Entries),
                Withheld = playbook.Withheld.IsEmpty ? null : Hashes(playbook.Withheld),
                LeftOut = playbook.LeftOut.IsEmpty ? null : playbook.LeftOut,
                Arm = playbook.Arm,
            },
            AtlasJson.Options);

    /// <summary>Returns the playbook that a session got when it began, for a caller that starts it again.</summary>
    /// <param name="learningKey">The session's key.</param>
    /// <param name="version">The version it got, from the archive.</param>
    /// <param name="given">What was stored with it; null for an older session.</param>
    /// <param name="options">The options, for where playbooks go in prompts, and how long the texts of older sessions were.</param>
    public static ResolvedPlaybook Again(string learningKey, ServedPlaybook version, GivenPlaybook? given, LearningOptions options)
    {
        var whole = PlaybookSnapshot.Of(
            learningKey, version, options, Whole(version.Playbook, "student", given, options), Whole(version.Playbook, "teacher", given, options));
        return given is null
            ? whole
            : (Without(whole, (given.Withheld?.Keys ?? []).ToHashSet(StringComparer.Ordinal)) with { LeftOut = given.LeftOut ?? [] }).In(given.Arm);
    }

    private static GivenText? Whole(LearnedPlaybook version, string role, GivenPlaybook? given, LearningOptions options)
    {
        if (given is null)
        {
            return GivenText.Of(version, role, options.PlaybookLimit);
        }

        if (given.Of(role) is not { } told || GivenText.Of(version, role, int.MaxValue) is not { } everything)
        {
            return null;
        }

        // Withheld entries are removed afterwards, so that they are known as withheld.
        var known = given.Given.Keys.Concat(given.Withheld?.Keys ?? []).ToHashSet(StringComparer.Ordinal);
        var text = GivenText.Rebuilt(version, role, version.IsRendered ? known.Contains : _ => true, told.Cut);
        return text.Text.Length == 0 ? null : everything with
        {
            Text = text,

            // The hash of a text as written is that of its injected part.
            VersionSha256 = version.IsRendered ? everything.VersionSha256 : Sha256Text.Hex(text.Text),
            Entries = everything.Entries.RemoveAll(entry => !known.Contains(EntryIds.Of(entry))),
            Cut = told.Cut,
        };
    }

    private static GivenRole? Told(RolePlaybook? role) => role is null ? null
        : new GivenRole(role.Sha256, role.PrefaceKept, role.PrefaceMark.Length > 0 ? role.PrefaceMark : null);

    private static ImmutableSortedDictionary<string, string> Hashes(ImmutableArray<GivenEntry> entries) => entries
        .DistinctBy(entry => entry.Id, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(entry => entry.Id, entry => GivenPlaybook.Short(entry.Sha256), StringComparer.Ordinal);
}
