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

/// <summary>Starts sessions on whichever silo the caller reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class SessionStarterGrain(
    SessionStore sessions, SessionIntake intake, PlaybookArchive archive, LearningRules rules, TimeProvider time) : Grain, ISessionStarterGrain
{
    private const string DefaultAgent = "agent";

    /// <summary>The member of a session's metadata that importers set for sessions that ran elsewhere.</summary>
    private const string RecordedMember = "import";

    public async Task<SessionStarted> Start(StartSession request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(request.Task))
        {
            throw new AtlasRefusedException("A session needs a task: the text that the agent is given. This one is blank.");
        }

        SessionLimits.CheckText(request.Task, "task of a session");
        SessionLimits.CheckExternalId(request.ExternalId);
        SessionLimits.CheckExternalId(request.FormerExternalId);
        SessionLimits.CheckMetadata(request.Metadata);
        var lease = LeaseOf(request);
        var metadata = CallerJson.Object(request.Metadata, "metadata");

        // A derived key must not depend on the recognisers, but stored data must contain nothing that was redacted.
        var learningKey = KeyOf(request, metadata);
        var findings = new Findings();
        var task = intake.Redaction.Text(request.Task, "task", findings);
        metadata = CallerJson.Object(intake.Redaction.Json(request.Metadata, "metadata", findings), "metadata");
        var identity = TaskIdentity.Of(JsonSerializer.SerializeToElement(metadata), task);
        var (playbook, assignment) = request.Given is { } given
            ? new AssignedPlaybook(await DemandGivenAsync(learningKey, given), Assignment: null)
            : await GrainFactory.GetGrain<IPlaybookOwner>(learningKey).Assign(UnitOf(request), identity, request.Task);

        // The result of a recorded run was fixed before anything could be drawn for it.
        assignment = metadata.ContainsKey(RecordedMember) ? null
            : assignment is null ? null : assignment with { Author = AuthorIdentity.Of(request.StartedBy, request.Metadata ?? default) };
        var stored = await sessions.StartAsync(new NewSession
        {
            Task = task,
            LearningKey = learningKey,
            ExternalId = request.ExternalId,
            FormerExternalId = request.FormerExternalId,
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
        if (!stored.WasNew && !MayContinue(request, stored.LearningKey))
        {
            throw new AtlasRefusedException("The external id belongs to a session of a learning key that this caller cannot reach. Use another external id.");
        }

        if (stored.WasNew)
        {
            AtlasTelemetry.SessionsStarted.Add(1);
            intake.Count(findings);
        }
        else if (stored.Status is SessionStatus.Running)
        {
            // A caller that starts it again continues it.
            await GrainFactory.GetGrain<ISessionGrain>(stored.Id).Renew();
        }

        return new SessionStarted(
            stored.Id, stored.LearningKey, stored.Status, stored.WasNew ? playbook : await AsGivenAsync(stored, playbook), stored.NextSequence);
    }

    private static bool MayContinue(StartSession request, string learningKey) =>
        (request.KeyPrefix is not { } prefix || learningKey.StartsWith(prefix, StringComparison.Ordinal))
        && (request.ExceptKeyPrefix is not { } hidden || !learningKey.StartsWith(hidden, StringComparison.Ordinal));

    /// <summary>Returns what a session reports to have been given; only what its key has is possible.</summary>
    private async Task<ResolvedPlaybook> DemandGivenAsync(string learningKey, ResolvedPlaybook given)
    {
        if (given.LearningKey != learningKey)
        {
            throw new AtlasRefusedException("A session that has already begun can only have been given a playbook of its own learning key, or none.");
        }

        if (given.Version == 0)
        {
            return given with { ApplyToPrompts = false, Student = null, Teacher = null, Entries = [], Withheld = [], Arm = null };
        }

        var archived = await archive.FindAsync(learningKey, given.Version);
        var known = archived is null ? null : SessionPlaybook.Again(learningKey, archived, null, rules.Learning);
        return known is not null && (given.Student is null || known.Student?.VersionSha256 == given.Student.VersionSha256)
            ? given
            : throw new AtlasRefusedException(FormattableString.Invariant(
                $"The learning key has no version {given.Version} with the text that this session was given; it may have been forgotten. The session cannot be recorded."));
    }

    /// <summary>Returns the playbook of a session that began earlier: what it saw then, not what is current now.</summary>
    private async Task<ResolvedPlaybook> AsGivenAsync(StartedSession stored, ResolvedPlaybook current)
    {
        var given = stored.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options);
        var version = stored.PlaybookVersion ?? 0;
        var archived = version == 0 ? new ServedPlaybook(0, null, LearnedPlaybook.Empty) : await archive.FindAsync(stored.LearningKey, version);
        return archived is null
            ? current
            : SessionPlaybook.Again(stored.LearningKey, archived, given, rules.Learning) with
            {
                // Nothing was stored if nothing was injected, except for the arm of an experiment.
                ApplyToPrompts = given is not null ? given is not { Student: null, Teacher: null, Withheld: null } : (current.ApplyToPrompts && current.Version == version),
            };
    }

    // A start without an external id cannot be repeated, so any unique name will do.
    private static string UnitOf(StartSession request) =>
        string.IsNullOrEmpty(request.ExternalId) ? $"start:{Guid.CreateVersion7():N}" : TrialDraw.Unit(request.ExternalId, 0);

    private int LeaseOf(StartSession request) => request.LeaseSeconds is null or (>= 0 and <= SessionLease.MaxSeconds)
        ? request.LeaseSeconds ?? rules.Safety.SessionLeaseSeconds
        : throw new AtlasRefusedException(FormattableString.Invariant(
            $"The lease of a session must be from 1 to {SessionLease.MaxSeconds} seconds, or 0 for none; it is {request.LeaseSeconds}."));

    private static string KeyOf(StartSession request, JsonObject metadata)
    {
        var key = request.LearningKey
            ?? KeyDerivation.Derive(request.Agent ?? DefaultAgent, request.Task, JsonSerializer.SerializeToElement(metadata));
        return LearningKeyRule.ProblemOf(key) is { } problem ? throw new AtlasRefusedException(problem) : key;
    }
}
