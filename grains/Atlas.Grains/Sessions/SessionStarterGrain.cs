using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Copies;
using Atlas.Grains.Intake;
using Atlas.Grains.Playbooks;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Keys;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using Atlas.Storage.Sessions;
using Orleans.Concurrency;
using KeyDerivation = Atlas.Learning.Keys.LearningKeys;

namespace Atlas.Grains.Sessions;

/// <summary>Opens sessions on whichever silo the caller reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class SessionStarterGrain(
    SessionStore sessions, SessionIntake intake, PlaybookArchive archive, LearningRules rules, TimeProvider time) : Grain, ISessionStarterGrain
{
    private const string DefaultAgent = "agent";

    /// <summary>The member of a session's metadata by which importers say that it was run elsewhere.</summary>
    private const string RecordedMember = "import";

    public async Task<SessionStarted> Start(StartSession request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(request.Task))
        {
            throw new AtlasRefusedException("A session needs a task: the text that the agent is given, not a blank.");
        }

        SessionLimits.CheckText(request.Task, "task of a session");
        SessionLimits.CheckExternalId(request.ExternalId);
        SessionLimits.CheckMetadata(request.Metadata);
        var lease = LeaseOf(request);
        var metadata = CallerJson.Object(request.Metadata, "metadata");

        // A key that is derived stays the same whatever is recognised; of what is stored, nothing is made of what was taken out.
        var learningKey = KeyOf(request, metadata);
        var findings = new Findings();
        var task = intake.Redaction.Text(request.Task, "task", findings);
        metadata = CallerJson.Object(intake.Redaction.Json(request.Metadata, "metadata", findings), "metadata");
        var identity = TaskIdentity.Of(JsonSerializer.SerializeToElement(metadata), task);
        var (playbook, assignment) = await GrainFactory.GetGrain<IPlaybookOwner>(learningKey).Assign(UnitOf(request), identity, request.Task);

        // What came of a recorded run was fixed before anything could be drawn for it.
        assignment = metadata.ContainsKey(RecordedMember) ? null : assignment;
        var stored = await sessions.StartAsync(new NewSession
        {
            Task = task,
            LearningKey = learningKey,
            ExternalId = request.ExternalId,
            MetadataJson = StartMetadata.Write(metadata, learningKey, playbook),
            PlaybookVersion = playbook.Version,
            PlaybookSha256 = playbook.Student?.VersionSha256,
            TeacherPlaybookSha256 = playbook.Teacher?.VersionSha256,
            GivenJson = SessionPlaybook.Record(playbook),
            AssignmentJson = assignment is null ? null : JsonSerializer.Serialize(assignment, AtlasJson.Options),
            LeaseSeconds = lease,
            LeaseUntil = SessionLease.Until(lease, time.GetUtcNow()),
            PaidBy = request.PaidBy,
            Findings = findings.All,
            TakesOut = intake.Redaction.Takes,
        });
        if (stored.WasNew)
        {
            AtlasTelemetry.SessionsStarted.Add(1);
            intake.Count(findings);
        }
        else if (stored.Status is SessionStatus.Running)
        {
            // Who starts it again goes on with it.
            await GrainFactory.GetGrain<ISessionGrain>(stored.Id).Renew();
        }

        return new SessionStarted(
            stored.Id, stored.LearningKey, stored.Status, stored.WasNew ? playbook : await AsGivenAsync(stored, playbook), stored.NextSequence);
    }

    /// <summary>The playbook of a session that began before: what it saw then, not what is current now.</summary>
    private async Task<ResolvedPlaybook> AsGivenAsync(StartedSession stored, ResolvedPlaybook current)
    {
        var given = stored.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options);
        var version = stored.PlaybookVersion ?? 0;
        var archived = version == 0 ? new ServedPlaybook(0, null, LearnedPlaybook.Empty) : await archive.FindAsync(stored.LearningKey, version);
        return archived is null
            ? current
            : SessionPlaybook.Again(stored.LearningKey, archived, given, rules.Learning) with
            {
                // Nothing was stored either where nothing was injected, but for the arm of an experiment.
                ApplyToPrompts = given is not null ? given is not { Student: null, Teacher: null, Withheld: null } : (current.ApplyToPrompts && current.Version == version),
            };
    }

    // A start without an identity of its own cannot be repeated, so any name will do that no other session has.
    private static string UnitOf(StartSession request) =>
        string.IsNullOrEmpty(request.ExternalId) ? $"start:{Guid.CreateVersion7():N}" : TrialDraw.Unit(request.ExternalId, 0);

    private int LeaseOf(StartSession request) => request.LeaseSeconds is null or (>= 0 and <= SessionLease.MaxSeconds)
        ? request.LeaseSeconds ?? rules.Safety.SessionLeaseSeconds
        : throw new AtlasRefusedException(FormattableString.Invariant(
            $"A session's lease is from 1 to {SessionLease.MaxSeconds} seconds, or 0 for none; it is not {request.LeaseSeconds}."));

    private static string KeyOf(StartSession request, JsonObject metadata)
    {
        var key = request.LearningKey
            ?? KeyDerivation.Derive(request.Agent ?? DefaultAgent, request.Task, JsonSerializer.SerializeToElement(metadata));
        return LearningKeyRule.ProblemOf(key) is { } problem ? throw new AtlasRefusedException(problem) : key;
    }
}
