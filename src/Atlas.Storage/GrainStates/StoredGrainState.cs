namespace Atlas.Storage.GrainStates;

/// <summary>A row of <c>orleans.grain_state</c>.</summary>
/// <param name="Json">The state as JSON in UTF-8; null once it was cleared.</param>
/// <param name="Version">Incremented by every write and clear; at least 1.</param>
public sealed record StoredGrainState(byte[]? Json, int Version);
