using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Learning.Leaks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;

namespace Atlas.Learning.Synthesis;

/// <summary>Turns a model's answer into the next playbook.</summary>
public static class SynthesisAcceptance
{
    /// <summary>Applies an answer, or finds why it cannot be applied. Pure; any JSON will do, and nothing is thrown for it.</summary>
    /// <param name="snapshot">The playbook the model was shown.</param>
    /// <param name="current">The playbook as it is now; the same, unless something was committed in the meantime. What came
    /// since stays: entries the model did not know are neither deprecated nor lost, impact is that of now, and a text that
    /// somebody changed is not overwritten.</param>
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
        var pruning = EntryPruning.Apply(
            current.Entries, context.Options.PruningConfig, context.Now, context.Rules.TransferNeedsNoIncident ? true : IncidentsSeen(current));
        var pruned = leaking.AddRange(pruning.Pruned);
        if (!context.Rules.PrunedLeavesNoTrace)
        {
            // The answer repeats what its author was shown, and could not know what the figures have since decided.
            read = read.Without(pruning.Pruned.Select(entry => entry.Id));
        }

        var batch = CandidateBatch.Evaluate(read, pruning.Kept, context);
        var metadata = SynthesisMetadata.Build(current.Metadata, read, batch, pruned, context);
        var student = NextText(snapshot.StudentText, current.StudentText, batch.Accepted ? read.StudentText : null, context);
        var teacher = NextText(snapshot.TeacherText, current.TeacherText, batch.Accepted ? read.TeacherText : null, context);
        var next = new LearnedPlaybook
        {
            StudentText = student.Text ?? "",
            TeacherText = teacher.Text,
            Entries = batch.Accepted && batch.Candidates.Length > 0
                ? EntryMerge.Merge(snapshot.Entries, pruning.Kept, batch, context)
                : pruning.Kept,
            Metadata = metadata,
        };
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
        };
    }

    /// <summary>A pruned entry may have been the only one that had seen an incident, so its trace counts as well.</summary>
    private static bool IncidentsSeen(LearnedPlaybook playbook) =>
        (playbook.Entries.IsDefault ? [] : playbook.Entries).Any(entry => entry.Impact is { IncidentIds.IsDefaultOrEmpty: false })
        || PrunedTrace.Read(playbook.Metadata).Any(trace =>
            JsonRead.TryGet(trace, "impact", out var impact)
            && JsonRead.TryGet(impact, "incident_ids", out var ids)
            && ids is { ValueKind: JsonValueKind.Array } && ids.GetArrayLength() > 0);

    private static bool SaysSomethingElse(LearnedPlaybook before, LearnedPlaybook after) =>
        before.StudentText != after.StudentText
        || before.TeacherText != after.TeacherText
        || (before.Entries != after.Entries && PlaybookContentHash.Compute(before) != PlaybookContentHash.Compute(after));

    /// <summary>The text from now on, and whether a proposed one was left out because the current one is news to its author.</summary>
    private static (string? Text, bool IsSuperseded) NextText(string? seen, string? now, string? proposed, SynthesisContext context)
    {
        if (proposed is null || (proposed.Length == 0 && !context.Rules.BlankTextErases) || proposed == now)
        {
            return (now, false);
        }

        return (seen ?? "") == (now ?? "") ? (proposed, false) : (now, true);
    }

    private static string? Note(SynthesisAnswer answer)
    {
        var student = NullIfEmpty(answer.StudentNote) is { } forStudent ? "Student: " + forStudent : null;
        var teacher = NullIfEmpty(answer.TeacherNote) is { } forTeacher ? "Teacher: " + forTeacher : null;
        return student is not null && teacher is not null ? $"{student} {teacher}" : student ?? teacher;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
