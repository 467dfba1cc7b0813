namespace Atlas.Import.Conversations;

/// <summary>A call of a tool.</summary>
/// <param name="Id">Binds the answer to the call; null if the record has none.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">A JSON text, as the model wrote it.</param>
internal sealed record ChatCall(string? Id, string Name, string Arguments);
