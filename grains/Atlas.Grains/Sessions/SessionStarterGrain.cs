using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Grains.Copies;
using Atlas.Grains.Hosting;
using KeyDerivation = Atlas.Learning.Keys.LearningKeys;
using Atlas.Storage.Sessions;
using Orleans.Concurrency;

namespace Atlas.Grains.Sessions;

/// <summary>Opens sessions on whichever silo the caller reached.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class SessionStarterGrain(SessionStore sessions, DatabaseFailures failures, PlaybookCopies playbooks) : Grain, ISessionStarterGrain
{
    private const string DefaultAgent = "agent";

    public async Task<SessionStarted> Start(StartSession request)
    {
        if (string.IsNullOrWhiteSpace(request.Task))
        {
            throw new AtlasRefusedException("A session needs a task: the text that the agent is given, not a blank.");
        }

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
        }));
        if (stored.WasNew)
        {
            AtlasTelemetry.SessionsStarted.Add(1);
        }

        return new SessionStarted(stored.Id, stored.LearningKey, stored.Status, playbook);
    }

    private static string KeyOf(StartSession request, JsonObject metadata)
    {
        if (!string.IsNullOrWhiteSpace(request.LearningKey))
        {
            return request.LearningKey.Trim();
        }

        return KeyDerivation.Derive(request.Agent ?? DefaultAgent, request.Task, JsonSerializer.SerializeToElement(metadata));
    }
}
