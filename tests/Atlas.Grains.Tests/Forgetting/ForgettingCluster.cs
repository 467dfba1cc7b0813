using System.Collections.Concurrent;
using System.Text.Json;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Models.Synthesis;
using Xunit;

namespace Atlas.Grains.Tests.Forgetting;

/// <summary>A cluster whose synthesizer writes down what a key's first session said, and cites its sessions.</summary>
public sealed class ForgettingCluster : IAsyncLifetime
{
    internal CitingSynthesizer Synthesizer { get; } = new();

    internal TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(synthesizer: Synthesizer, evidence: new EvidenceOptions());

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}

internal sealed class CitingSynthesizer : ISynthesizer
{
    public string Name => "citing";

    /// <summary>By learning key: what its first session said.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        var (secret, sessions) = (Secrets[request.LearningKey], request.Sessions.Select(session => session.Id).Order().ToArray());
        var isFirst = request.Current.Entries.IsEmpty;
        return Task.FromResult(new SynthesisAnswer
        {
            Summary = "Seen.",
            Answer = JsonSerializer.SerializeToElement(new
            {
                version = "playbook_entry.v1",
                student_pamphlet = isFirst ? $"Ask the {secret} desk first." : "Be brief.",
                playbook_entries = isFirst
                    ? new[] { Entry("ask-desk", $"Ask the {secret} desk before a refund", sessions), Entry("look-up", "Look the order up first", sessions) }
                    : [Entry("look-up", "Look the order up first", sessions), Entry("read-policy", "Read the policy before a refund", sessions[^1])],
            }),
        });
    }

    private static object Entry(string id, string imperative, params long[] sessions) => new
    {
        id,
        audience = "student",
        cue = new { type = "keyword", pattern = "no such word is ever said" },
        action = new { imperative, runtime_handle = "get_order" },
        expected_effect = "Fewer questions",
        scope = new { category = "reinforcement", constraints = "All orders" },
        sessions,
    };
}
