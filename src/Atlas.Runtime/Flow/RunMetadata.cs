using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Sessions;
using Atlas.Models.Providers;
using Atlas.Runtime.Modes;
using Atlas.Runtime.Plans;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Flow;

/// <summary>The keys that the runtime adds to a session's metadata.</summary>
internal static class RunMetadata
{
    /// <summary>Returns the metadata at the start: the caller's own, and the configured tags and notes.</summary>
    public static JsonObject ForStart(RunRequest request, Configuration.AtlasConfiguration configuration)
    {
        var metadata = (JsonObject?)request.Metadata?.DeepClone() ?? [];
        var defaults = configuration.AdaptiveTeaching.DefaultTags;
        if (!defaults.IsDefaultOrEmpty)
        {
            var own = Triage.TriageValues.Texts(metadata["tags"]);
            metadata["tags"] = new JsonArray([.. own.Union(defaults, StringComparer.Ordinal).Select(tag => (JsonNode)tag)]);
        }

        if (configuration.Metadata is { ValueKind: JsonValueKind.Object } notes && notes.EnumerateObject().Any())
        {
            metadata["configuration"] = JsonNode.Parse(notes.GetRawText());
        }

        return metadata;
    }

    /// <summary>Returns the metadata at the end.</summary>
    public static JsonObject ForEnd(RunContext run, RunWork work, string? error)
    {
        var metadata = new JsonObject();
        if (work.Dossier is { } dossier)
        {
            metadata["triage_dossier"] = dossier.ToJson();
        }

        if (work.Mode is { } mode)
        {
            metadata["execution_mode"] = ModeRules.NameOf(mode.Mode);
            metadata["adaptive_summary"] = Adaptive(mode);
        }

        if (work.OriginalPlan is { } original)
        {
            metadata["original_plan"] = (work.ReviewedPlan ?? original).ToJson();
            metadata["student_plan"] = original.ToJson();
        }

        AddUsage(metadata, run);
        if (work.Steps.SelectMany(step => step.Guidance).Where(note => !string.IsNullOrWhiteSpace(note)).ToArray() is { Length: > 0 } notes)
        {
            metadata["teacher_notes"] = new JsonArray([.. notes.Select(note => (JsonNode)note)]);
        }

        if (run.TeacherThoughts is { Length: > 0 } thoughts)
        {
            metadata["reasoning_traces"] = new JsonObject { ["teacher"] = new JsonArray([.. thoughts.Select(thought => thought.DeepClone())]) };
        }

        if (run.Warnings is { Length: > 0 } warnings)
        {
            metadata["runtime_warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]);
        }

        if (error is not null)
        {
            metadata["runtime_error"] = error;
        }

        // The cluster knows which playbook it gave, but not that it was kept out of the prompts here.
        if (run.Session.Playbook.ApplyToPrompts && !run.AppliesPlaybook)
        {
            metadata["applied_student_learning"] = null;
            metadata["applied_teacher_learning"] = null;
        }

        AddModels(metadata, run);
        return metadata;
    }

    /// <summary>Returns the metadata as it can be stored: while it is too large, its largest part is left out, and a warning says so.</summary>
    public static JsonElement Fitted(JsonObject metadata, RunContext run)
    {
        var written = JsonSerializer.SerializeToElement(metadata);
        for (var left = new JsonArray(); JsonMarshal.GetRawUtf8Value(written).Length is > SessionLimits.MetadataBytes and var bytes; written = JsonSerializer.SerializeToElement(metadata))
        {
            var part = written.EnumerateObject().MaxBy(member => JsonMarshal.GetRawUtf8Value(member.Value).Length).Name;
            var warning = FormattableString.Invariant(
                $"The metadata had {bytes} bytes, so its largest part, '{part}', was left out: a session can have at most {SessionLimits.MetadataBytes}.");
            run.Warn(warning);
            left.Add(warning);
            metadata.Remove(part);
            metadata["runtime_warnings"] = part == "runtime_warnings" || metadata["runtime_warnings"] is not JsonArray others
                ? left.DeepClone()
                : new JsonArray([.. others.Select(other => other?.DeepClone()), (JsonNode)warning]);
        }

        return written;
    }

    private static JsonObject Adaptive(ModeChoice choice)
    {
        var taken = new JsonObject { ["mode"] = ModeRules.NameOf(choice.Mode) };
        var summary = new JsonObject { ["adaptive_mode"] = ModeRules.NameOf(choice.Mode), ["mode_history"] = new JsonArray(taken) };
        if (choice.Confidence is { } confidence)
        {
            taken["confidence"] = confidence;
            summary["confidence"] = confidence;
        }

        if (choice.Probe is { } probe)
        {
            summary["probe"] = probe.ToJson();
        }

        summary["source"] = choice.Source;
        return summary;
    }

    /// <summary>Adds the usage. Readers of <c>token_usage</c> expect only the student's calls; those of other roles are separate.</summary>
    private static void AddUsage(JsonObject metadata, RunContext run)
    {
        var byRole = run.Usage.ByRole;
        if (byRole.TryGetValue(Recording.Actors.Student, out var student))
        {
            metadata["token_usage"] = student.ToJson();
        }

        if (byRole.Count > 0)
        {
            metadata["token_usage_by_role"] = new JsonObject(byRole.Select(role => KeyValuePair.Create<string, JsonNode?>(role.Key, role.Value.ToJson())));
        }

        if (run.Usage.Cost is { Count: > 0 } cost)
        {
            metadata["cost_usd_by_role"] = new JsonObject(cost.Select(role => KeyValuePair.Create<string, JsonNode?>(role.Key, role.Value)));
        }
    }

    private static void AddModels(JsonObject metadata, RunContext run)
    {
        var models = new JsonObject();
        if (((run.Parts.Agent as Agents.ChatClientAgent)?.Model is { } own ? run.Session.Arm?.Settings?.Model ?? own : null) is { } student)
        {
            models["student_model"] = student;
        }

        if ((run.Parts.Teacher?.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId is { } teacher)
        {
            models["teacher_model"] = teacher;
        }

        if (models.Count > 0)
        {
            metadata["adapter_session"] = models;
        }
    }
}
