using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;

namespace Atlas.Http.Keys;

/// <summary>A serialized playbook, written once however often it is read.</summary>
internal sealed class PlaybookBytes
{
    // The grains return the same immutable instance for as long as a playbook is current.
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

    /// <summary>Gets the SHA-256 digest of the JSON, as 64 lowercase hex digits.</summary>
    public string Digest { get; }

    public string ETag { get; }

    public static PlaybookBytes Of(ResolvedPlaybook playbook, Caller caller) => Written.TryGetValue(playbook, out var known) ? known : Write(playbook, caller);

    private static PlaybookBytes Write(ResolvedPlaybook playbook, Caller caller) => Written.GetValue(playbook, stored => new PlaybookBytes(
        caller.Space.Length == 0 ? stored : stored with { LearningKey = caller.Show(stored.LearningKey) }));
}
