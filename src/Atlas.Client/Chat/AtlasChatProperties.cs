namespace Atlas.Client.Chat;

/// <summary>The properties that <c>UseAtlas</c> adds to <see cref="Microsoft.Extensions.AI.ChatOptions.AdditionalProperties"/> of every
/// request.</summary>
public static class AtlasChatProperties
{
    /// <summary>The session's number, a <see cref="long"/>; absent outside a session and while Atlas is unreachable.</summary>
    public const string SessionId = "atlas.session_id";

    /// <summary>The number of the playbook's version, an <see cref="int"/>; 0 while the key has learned nothing; absent if unknown.</summary>
    public const string PlaybookVersion = "atlas.playbook_version";

    /// <summary>The SHA-256 of the text of the playbook's version as stored in <c>learning_registry</c>, 64 lower-case hex digits; absent if
    /// there is none.</summary>
    public const string PlaybookSha256 = "atlas.playbook_sha256";

    /// <summary>The SHA-256 of the injected text, which differs from the version's if the session does not get all of it; absent if nothing
    /// is injected.</summary>
    public const string InjectedSha256 = "atlas.injected_sha256";

    /// <summary>The <see cref="AtlasChatSession"/> that a call belongs to. Removed before the request is sent on.</summary>
    internal const string Handle = "atlas.session";
}
