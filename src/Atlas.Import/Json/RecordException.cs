namespace Atlas.Import.Json;

/// <summary>A record is not what its format says. Caught where records are read, and reported with the record's index.</summary>
internal sealed class RecordException(string message) : Exception(message);
