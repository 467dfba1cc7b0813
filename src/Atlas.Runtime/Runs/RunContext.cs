using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Injection;
using Atlas.Learning.Usage;
using Atlas.Runtime.Recording;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Runs;

/// <summary>The state of one session. It is passed along, and none of it is kept anywhere else.</summary>
internal sealed class RunContext
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<JsonObject> _teacherThoughts = new();

    public required string Task { get; init; }

    public required JsonObject Metadata { get; init; }

    public required AtlasConfiguration Configuration { get; init; }

    public required AtlasRuntimeOptions Options { get; init; }

    public required RuntimeParts Parts
    {
        get;
        init
        {
            field = value;
            Usage = new UsageLedger(value.Prices);
        }
    }

    public required AtlasSession Session { get; init; }

    public required SessionRecords Records { get; init; }

    public required EventLog Events { get; init; }

    public required UsageTracker Tracker { get; init; }

    public required ILogger Log { get; init; }

    public UsageLedger Usage { get; private init; } = null!;

    public TimeProvider Time => Parts.Time;

    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>Gets the teacher's reasoning, as <c>{origin, payload}</c>.</summary>
    public ImmutableArray<JsonObject> TeacherThoughts => [.. _teacherThoughts];

    /// <summary>Gets a value indicating whether the playbook is in the prompts.</summary>
    public bool AppliesPlaybook => Session.Playbook.ApplyToPrompts && Configuration.Learning.ApplyToPrompts;

    /// <summary>Gets the teacher's playbook; null if it does not get one.</summary>
    public RolePlaybook? TeacherPlaybook => AppliesPlaybook ? Session.Playbook.Teacher : null;

    /// <summary>Gets the agent's system prompt, or the one that replaces it in the session's arm of an experiment.</summary>
    public string SystemPrompt => Session.Arm?.Settings?.Prompt(Parts.Agent.SystemPrompt) ?? Parts.Agent.SystemPrompt;

    /// <summary>Returns a system prompt with the role's playbook in it, once.</summary>
    public string WithPlaybook(string role, string prompt)
    {
        var playbook = !AppliesPlaybook ? null : role == Actors.Teacher ? Session.Playbook.Teacher : Session.Playbook.Student;
        return PromptInjection.Compose(prompt, playbook?.Block, Session.Playbook.InjectionMode).Text;
    }

    /// <summary>Records a problem that does not end the session.</summary>
    public void Warn(string sentence)
    {
        _warnings.Enqueue(sentence);
        Log.RunWarning(Session.SessionId, sentence);
    }

    public void TeacherThought(string about, string thoughts) =>
        _teacherThoughts.Enqueue(new JsonObject { ["origin"] = about, ["payload"] = new JsonObject { ["reasoning_content"] = thoughts } });
}
