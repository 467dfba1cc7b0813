namespace Atlas.Storage.Forgetting;

/// <summary>A text to forget wherever it occurs outside sessions and journals.</summary>
/// <param name="Text">The text.</param>
/// <param name="KeyPrefix">The prefix of the stored learning keys within whose records it is forgotten; null for all.</param>
/// <param name="ExceptKeyPrefix">The prefix of the stored learning keys whose records stay as they are; null for none.</param>
public sealed record ForgottenText(string Text, string? KeyPrefix = null, string? ExceptKeyPrefix = null);
