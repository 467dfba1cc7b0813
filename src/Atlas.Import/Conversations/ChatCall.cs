namespace Atlas.Import.Conversations;

/// <summary>A tool call.</summary>
/// <param name="Id">The id that links the answer to the call; null if the record has none.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The JSON text, as the model wrote it.</param>
internal sealed record ChatCall(string? Id, string Name, string Arguments);
