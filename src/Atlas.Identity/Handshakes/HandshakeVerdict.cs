namespace Atlas.Identity.Handshakes;

/// <summary>The answer of a listening silo to a credential.</summary>
internal enum HandshakeVerdict : byte
{
    /// <summary>Continue, first with the proof and then with Orleans.</summary>
    GoOn = 1,

    /// <summary>This silo has no secret, so it can neither check nor give a proof.</summary>
    NoSecret = 2,

    /// <summary>This role is not admitted on this port.</summary>
    WrongDoor = 3,

    /// <summary>The proof was made with another secret.</summary>
    WrongKey = 4,
}
