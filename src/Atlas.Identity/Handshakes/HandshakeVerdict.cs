namespace Atlas.Identity.Handshakes;

/// <summary>What a listening silo says to a credential.</summary>
internal enum HandshakeVerdict : byte
{
    /// <summary>Go on: first to prove the credential, then to talk.</summary>
    GoOn = 1,

    /// <summary>This silo has no secret, so there is nothing to prove and nothing that it could prove.</summary>
    NoSecret = 2,

    /// <summary>This role does not come in by this port.</summary>
    WrongDoor = 3,

    /// <summary>The proof was made with another secret.</summary>
    WrongKey = 4,
}
