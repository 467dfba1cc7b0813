namespace Atlas.Grains.Tests.Storage;

/// <summary>A storage did what the model forbids.</summary>
internal sealed class StorageMismatchException(string message) : Exception(message);
