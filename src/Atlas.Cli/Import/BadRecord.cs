namespace Atlas.Cli.Import;

/// <summary>A record that was not imported.</summary>
/// <param name="Index">Its place in the source, from 0.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record BadRecord(int Index, string Reason);
