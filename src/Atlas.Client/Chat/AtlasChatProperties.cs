namespace Atlas.Client.Chat;

/// <summary>What <c>UseAtlas</c> adds to <see cref="Microsoft.Extensions.AI.ChatOptions.AdditionalProperties"/> of every request.</summary>
public static class AtlasChatProperties
{
    /// <summary>The session, a <see cref="long"/>; absent outside of sessions and while Atlas is out of reach.</summary>
    public const string SessionId = "atlas.session_id";

    /// <summary>Number of the playbook's version, an <see cref="int"/>; 0 while its key has learned nothing; absent if unknown.</summary>
    public const string PlaybookVersion = "atlas.playbook_version";

    /// <summary>SHA-256 of the text of the playbook's version, as <c>learning_registry</c> holds it: 64 lower-case hex digits; absent if
    /// there is none.</summary>
    public const string PlaybookSha256 = "atlas.playbook_sha256";

    /// <summary>SHA-256 of the text that is injected: another one where a session is not given all of the version; absent if nothing
    /// is injected.</summary>
    public const string InjectedSha256 = "atlas.injected_sha256";

    /// <summary>Which <see cref="AtlasChatSession"/> a call belongs to. Taken out before the request goes on.</summary>
    internal const string Handle = "atlas.session";
}
