using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Sessions;

/// <summary>The playbook that a role saw in the prompts of a session, rebuilt from what was stored.</summary>
/// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
/// <param name="Text">The injected text.</param>
/// <param name="Block">The text between its delimiters, as in the prompts.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Text"/>, 64 lower-case hex digits.</param>
/// <param name="IsProven">Whether it matches the hash recorded when the session began; if not, the archive or the record has been changed
/// since.</param>
public sealed record SeenPrompt(string Role, string Text, string Block, string Sha256, bool IsProven)
{
    private const int DefaultLimit = 1000;

    /// <summary>Rebuilds what a role saw; null if nothing was injected for it.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="given">What was stored about the session's playbook; null for a session from before that was stored.</param>
    /// <param name="version">The content of its version.</param>
    /// <param name="number">The version's number.</param>
    /// <param name="madeAt">When the version was made.</param>
    /// <param name="metadata">The session's metadata: a client with a smaller budget records there what it left out.</param>
    public static SeenPrompt? Of(
        string role, GivenPlaybook? given, LearnedPlaybook version, int number, DateTimeOffset? madeAt, JsonElement metadata)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (given is null)
        {
            return OfOldSession(role, version, number, madeAt, metadata);
        }

        return given.Text(role, version) is { } text && Shortened(text, given.Of(role)!.Sha256, role, metadata) is var (seen, recorded)
            ? From(role, seen.Text, recorded, number, madeAt)
            : null;
    }

    private static SeenPrompt? From(string role, string? text, string? recorded, int number, DateTimeOffset? madeAt)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var hash = Sha256Text.Hex(text);
        return new SeenPrompt(role, text, PlaybookRenderer.Block(role, text, madeAt, number), hash, hash == recorded);
    }

    /// <summary>Returns what was left if the client that injected it had its own budget; null if nothing was.</summary>
    private static (RoleText Text, string? Sha256)? Shortened(RoleText given, string sha256, string role, JsonElement metadata)
    {
        if (!JsonRead.TryGet(metadata, "injected_playbook", out var there) || JsonRead.Text(there, "role") != role)
        {
            return (given, sha256);
        }

        if (JsonRead.Text(there, "digest") is not { } digest)
        {
            return null;
        }

        var left = JsonRead.TryGet(there, "left_out", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(SafeJson.Text).ToHashSet(StringComparer.Ordinal)
            : [];
        var cut = JsonRead.Number(there, "kept") is >= 0 and <= int.MaxValue and { } kept ? new PrefaceCut((int)kept, JsonRead.Text(there, "mark") ?? "") : null;
        return (PlaybookBudget.FitAgain(given, left, cut), digest);
    }

    /// <summary>Older sessions got the version's text, cut to a limit; its hash and length are in their metadata.</summary>
    private static SeenPrompt? OfOldSession(string role, LearnedPlaybook version, int number, DateTimeOffset? madeAt, JsonElement metadata)
    {
        if (!JsonRead.TryGet(metadata, $"applied_{role}_learning", out var applied) || JsonRead.Text(applied, "digest") is not { } recorded)
        {
            return null;
        }

        var limit = JsonRead.Number(applied, "char_count") is { } length ? Math.Max(3, (int)length) : DefaultLimit;
        if (PlaybookRenderer.Trim(role == "teacher" ? version.TeacherText : version.StudentText, limit) is not { } text)
        {
            return null;
        }

        var hash = Sha256Text.Hex(text);
        return new SeenPrompt(role, text, PlaybookRenderer.BlockOfOldSessions(role, text, madeAt, number), hash, hash == recorded);
    }
}
