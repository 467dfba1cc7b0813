using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Learning.Keys;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Flow;

/// <summary>Starts sessions.</summary>
internal sealed class RunOpening(
    IAtlasClient cluster, RuntimeParts parts, AtlasConfiguration configuration, AtlasRuntimeOptions options, Patience patience, ILogger log)
{
    private readonly CueWatch _cues = new(configuration.Learning.UsageTracking);

    /// <summary>Starts a session. From then on everything is recorded.</summary>
    /// <exception cref="AtlasRefusedException">The request breaks a rule, or the session has already ended.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster is unreachable.</exception>
    public async Task<RunContext> OpenAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var metadata = RunMetadata.ForStart(request, configuration);
        var start = new StartSession(
            request.Task,
            KeyOf(request),
            parts.Agent.Name,
            JsonSerializer.SerializeToElement(metadata),
            request.ExternalId ?? $"run-{Guid.NewGuid():N}");
        var session = await patience.CallAsync(() => cluster.StartSessionAsync(start, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (session.Status is not SessionStatus.Running)
        {
            throw new AtlasRefusedException(
                $"Session {session.SessionId} with the external id '{start.ExternalId}' has already ended as {session.Status.ToWire()}. Use a different id for a new run.");
        }

        session.GoOn();
        var records = new SessionRecords(session, options, parts.Time, patience, log);
        var run = new RunContext
        {
            Task = request.Task,
            Metadata = metadata,
            Configuration = configuration,
            Options = options,
            Parts = parts,
            Session = session,
            Records = records,
            Tracker = _cues.Track(session.Playbook with { ApplyToPrompts = session.Playbook.ApplyToPrompts && configuration.Learning.ApplyToPrompts }),
            Log = log,
            Events = new EventLog(
                records.Event,
                request.Observer is { } observer ? [.. parts.Observers, observer] : parts.Observers,
                configuration.Orchestration.EmitIntermediateSteps,
                parts.Time,
                log),
        };
        if (session.Arm is { Settings.Model: { } model } arm && parts.Agent is not ChatClientAgent)
        {
            run.Warn($"Experiment {arm.Experiment} asks for the model {model}, but the agent {parts.Agent.Name} does not support choosing a model, so this session does not count in the experiment.");
        }

        return run;
    }

    /// <summary>Derives the key from the caller's own metadata, so that tags added by the configuration do not start learning over.</summary>
    private string KeyOf(RunRequest request) => string.IsNullOrWhiteSpace(request.LearningKey)
        ? LearningKeys.Derive(parts.Agent.Name, request.Task, request.Metadata is null ? null : JsonSerializer.SerializeToElement(request.Metadata))
        : request.LearningKey;
}
