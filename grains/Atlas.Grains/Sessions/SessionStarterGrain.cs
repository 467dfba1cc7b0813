using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Copies;
using Atlas.Grains.Hosting;
using KeyDerivation = Atlas.Learning.Keys.LearningKeys;
using Atlas.Learning.Sessions;
using Atlas.Storage.Sessions;
using Orleans.Concurrency;

namespace Atlas.Grains.Sessions;

/// <summary>Opens sessions on whichever silo the caller reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class SessionStarterGrain(
    SessionStore sessions, DatabaseFailures failures, PlaybookCopies playbooks, LearningRules rules, TimeProvider time) : Grain, ISessionStarterGrain
{
    private const string DefaultAgent = "agent";

    public async Task<SessionStarted> Start(StartSession request)
    {
        if (string.IsNullOrWhiteSpace(request.Task))
        {
            throw new AtlasRefusedException("A session needs a task: the text that the agent is given, not a blank.");
        }

        var lease = LeaseOf(request);
        var metadata = CallerMetadata.Read(request.MetadataJson);
        var learningKey = KeyOf(request, metadata);
        var playbook = await playbooks.ReadAsync(learningKey, PlaybookFreshness.Strict);
        var stored = await failures.TranslateAsync(sessions.StartAsync(new NewSession
        {
            Task = request.Task,
            LearningKey = learningKey,
            ExternalId = request.ExternalId,
            MetadataJson = StartMetadata.Write(metadata, learningKey, playbook),
            PlaybookVersion = playbook.Version,
            PlaybookSha256 = playbook.Student?.Sha256,
            TeacherPlaybookSha256 = playbook.Teacher?.Sha256,
            LeaseSeconds = lease,
            LeaseUntil = SessionLease.Until(lease, time.GetUtcNow()),
        }));
        if (stored.WasNew)
        {
            AtlasTelemetry.SessionsStarted.Add(1);
        }
        else if (stored.Status is "running")
        {
            // Who starts it again goes on with it.
            await GrainFactory.GetGrain<ISessionGrain>(stored.Id).Renew();
        }

        return new SessionStarted(stored.Id, stored.LearningKey, stored.Status, playbook, stored.NextSequence);
    }

    private int LeaseOf(StartSession request) => request.LeaseSeconds is null or (>= 0 and <= SessionLease.MaxSeconds)
        ? request.LeaseSeconds ?? rules.Safety.SessionLeaseSeconds
        : throw new AtlasRefusedException(FormattableString.Invariant(
            $"A session's lease is from 1 to {SessionLease.MaxSeconds} seconds, or 0 for none; it is not {request.LeaseSeconds}."));

    private static string KeyOf(StartSession request, JsonObject metadata)
    {
        if (!string.IsNullOrWhiteSpace(request.LearningKey))
        {
            return request.LearningKey.Trim();
        }

        return KeyDerivation.Derive(request.Agent ?? DefaultAgent, request.Task, JsonSerializer.SerializeToElement(metadata));
    }
}
