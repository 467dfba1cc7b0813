using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Leaks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Turns a model's answer into the next playbook.</summary>
public static class SynthesisAcceptance
{
    /// <summary>Applies an answer, or finds why it cannot be applied. Pure; accepts any JSON without throwing.</summary>
    /// <param name="snapshot">The playbook the model was shown.</param>
    /// <param name="current">The playbook as it is now; the same, unless something was committed in the meantime. Newer changes stay:
    /// entries that the model did not know are neither deprecated nor lost, impact is the current one, and a text that somebody changed is
    /// not overwritten.</param>
    /// <param name="answer">The model's answer.</param>
    /// <param name="context">Options, time, sessions, guidance and tools.</param>
    public static SynthesisResult Apply(LearnedPlaybook snapshot, LearnedPlaybook current, JsonElement answer, SynthesisContext context)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        var guard = LeakGuard.Of(context.Options.LeakGuard);
        var read = SynthesisAnswer.Read(answer).Guarded(guard, context.AcceptPerEntry);
        var leaking = LeakFilter.Leaking(current, context.Options.LeakGuard, context.Now);
        var before = current;
        (snapshot, current) = (guard.Clean(snapshot), guard.Clean(current));
        var pruning = context.Options.Evidence.Enabled && !context.Rules.PrunedLeavesNoTrace
            ? EntryTrials.Prune(current.Entries, context)
            : EntryPruning.Apply(
                current.Entries, context.Options.PruningConfig, context.Now, context.Rules.TransferNeedsNoIncident ? true : IncidentsSeen(current));
        var pruned = leaking.AddRange(pruning.Pruned);
        if (!context.Rules.PrunedLeavesNoTrace)
        {
            // The answer repeats what its author was shown, and could not know what the figures have decided since.
            read = read.Without(pruning.Pruned.Select(entry => entry.Id));
        }

        read = read.Respecting(pruning.Kept, context);
        ImmutableArray<PlaybookEntry> gone = [.. (before.Entries.IsDefault ? [] : before.Entries).Except(pruning.Kept, ReferenceEqualityComparer.Instance).Cast<PlaybookEntry>()];
        var batch = CandidateBatch.Evaluate(read, pruning.Kept, context.Rules.PrunedLeavesNoTrace ? [] : gone, context);
        var retired = batch.Accepted ? Retired(read, snapshot, pruning.Kept, batch) : [];
        pruned = pruned.AddRange(retired.Select(each => new PrunedEntry(
            EntryIds.Of(each.Entry), PruneReason.Retired, AtlasTime.Iso(context.Now), each.Entry.Action.Imperative, each.Entry.Impact ?? new EntryImpact())
        {
            Note = each.Reason,
        }));
        var kept = pruning.Kept.RemoveAll(entry => retired.Any(each => ReferenceEquals(each.Entry, entry)));
        var metadata = SynthesisMetadata.Build(current.Metadata, read, batch, pruned, context);
        var student = NextText(snapshot.StudentPreface, current.StudentPreface, batch.Accepted ? read.StudentText : null, context);
        var teacher = NextText(snapshot.TeacherPreface, current.TeacherPreface, batch.Accepted ? read.TeacherText : null, context);
        var next = current with
        {
            StudentPreface = student.Text ?? "",
            TeacherPreface = teacher.Text,
            Entries = batch.Accepted && batch.Candidates.Length > 0 ? EntryMerge.Merge(snapshot.Entries, kept, batch, context) : kept,
            Metadata = metadata,
        };
        if (!context.Rules.TextsStandAsWritten && (student.IsNew || teacher.IsNew || SaysSomethingElse(current, next)))
        {
            gone = [.. gone, .. retired.Select(each => each.Entry)];
            next = Rendered(next, gone, student.IsNew, teacher.IsNew);
        }

        return new SynthesisResult
        {
            Playbook = next,
            Accepted = batch.Accepted,
            Changed = SaysSomethingElse(before, next),
            StudentNote = NullIfEmpty(read.StudentNote),
            TeacherNote = NullIfEmpty(read.TeacherNote),
            SessionNote = context.Options.SessionNoteEnabled ? Note(read) : null,
            Summary = batch.Summary,
            Failures = batch.Failures,
            Pruned = pruned,
            NeedsRerun = student.IsSuperseded || teacher.IsSuperseded,
            Reason = batch.Reason,
            Meanings = batch.Accepted ? batch.Meanings : [],
            Cited = batch.Accepted ? batch.Cited : ImmutableDictionary<string, ImmutableArray<long>>.Empty,
        };
    }

    /// <summary>A preface that the synthesizer rewrote can repeat what was removed earlier.</summary>
    private static LearnedPlaybook Rendered(LearnedPlaybook playbook, ImmutableArray<PlaybookEntry> gone, bool newStudent, bool newTeacher)
    {
        string[] withdrawn =
        [
            .. PrunedTrace.Read(playbook.Metadata)
                .Select(trace => JsonRead.Text(trace, "imperative"))
                .Where(imperative => !string.IsNullOrWhiteSpace(imperative))
                .Select(imperative => imperative!),
        ];
        return RenderedForm.Of(playbook, gone, newStudent ? withdrawn : [], newTeacher ? withdrawn : []);
    }

    /// <summary>Returns the entries that the answer proposes to retire, unless it also adds them, or their words are new to its
    /// author.</summary>
    private static ImmutableArray<(PlaybookEntry Entry, string Reason)> Retired(
        SynthesisAnswer answer, LearnedPlaybook snapshot, ImmutableArray<PlaybookEntry> current, CandidateBatch batch)
    {
        var seen = CandidateBatch.ById(snapshot.Entries);
        var takenUp = batch.Candidates.Select(candidate => candidate.Id).ToHashSet(StringComparer.Ordinal);
        var reasons = answer.Retirements.Where(each => !takenUp.Contains(each.Id)).DistinctBy(each => each.Id, StringComparer.Ordinal)
            .ToDictionary(each => each.Id, each => each.Reason, StringComparer.Ordinal);
        return
        [
            .. from entry in current
               let id = EntryIds.Of(entry)
               where reasons.ContainsKey(id) && seen.TryGetValue(id, out var known) && EntryWords.AreSame(known, entry)
               select (entry, reasons[id]),
        ];
    }

    /// <summary>A pruned entry can have been the only one that had seen an incident, so its trace counts as well.</summary>
    private static bool IncidentsSeen(LearnedPlaybook playbook) =>
        (playbook.Entries.IsDefault ? [] : playbook.Entries).Any(entry => entry.Impact is { IncidentIds.IsDefaultOrEmpty: false })
        || PrunedTrace.Read(playbook.Metadata).Any(trace =>
            JsonRead.TryGet(trace, "impact", out var impact)
            && JsonRead.TryGet(impact, "incident_ids", out var ids)
            && ids is { ValueKind: JsonValueKind.Array } && ids.GetArrayLength() > 0);

    private static bool SaysSomethingElse(LearnedPlaybook before, LearnedPlaybook after) =>
        before.StudentPreface != after.StudentPreface
        || before.TeacherPreface != after.TeacherPreface
        || before.Form != after.Form
        || (before.Entries != after.Entries && PlaybookContentHash.Compute(before) != PlaybookContentHash.Compute(after));

    /// <summary>Returns the new text, whether it is the proposed one, and whether the proposal was dropped because the current text is
    /// newer than what its author saw.</summary>
    private static (string? Text, bool IsNew, bool IsSuperseded) NextText(string? seen, string? now, string? proposed, SynthesisContext context)
    {
        if (proposed is null || (proposed.Length == 0 && !context.Rules.BlankTextErases) || proposed == now)
        {
            return (now, false, false);
        }

        return (seen ?? "") == (now ?? "") ? (proposed, true, false) : (now, false, true);
    }

    private static string? Note(SynthesisAnswer answer)
    {
        var student = NullIfEmpty(answer.StudentNote) is { } forStudent ? "Student: " + forStudent : null;
        var teacher = NullIfEmpty(answer.TeacherNote) is { } forTeacher ? "Teacher: " + forTeacher : null;
        return student is not null && teacher is not null ? $"{student} {teacher}" : student ?? teacher;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
