using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;

namespace Atlas.Http.Keys;

/// <summary>A playbook as it goes over the wire, written once however often it is read.</summary>
internal sealed class PlaybookBytes
{
    // The grains hand out one immutable value per playbook for as long as it is current.
    private static readonly ConditionalWeakTable<ResolvedPlaybook, PlaybookBytes> Written = [];

    private PlaybookBytes(ResolvedPlaybook shown)
    {
        Shown = shown;
        Json = JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Options);
        Digest = Convert.ToHexStringLower(SHA256.HashData(Json));
        ETag = $"\"{Digest}\"";
    }

    public ResolvedPlaybook Shown { get; }

    public byte[] Json { get; }

    /// <summary>SHA-256 of the JSON, 64 lower-case hex digits.</summary>
    public string Digest { get; }

    public string ETag { get; }

    public static PlaybookBytes Of(ResolvedPlaybook playbook, Caller caller) => Written.TryGetValue(playbook, out var known) ? known : Write(playbook, caller);

    private static PlaybookBytes Write(ResolvedPlaybook playbook, Caller caller) => Written.GetValue(playbook, stored => new PlaybookBytes(
        caller.Space.Length == 0 ? stored : stored with { LearningKey = caller.Show(stored.LearningKey) }));
}
