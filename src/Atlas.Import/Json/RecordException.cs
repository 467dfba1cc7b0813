namespace Atlas.Import.Json;

/// <summary>The exception thrown if a record does not conform to its format. Caught where records are read, and reported with the record's
/// index.</summary>
internal sealed class RecordException(string message) : Exception(message);
