namespace Atlas.Hosting;

/// <summary>The exception thrown for a setting with which the silo cannot start. The message says which one and what would be right.</summary>
public sealed class AtlasSettingsException(string message) : Exception(message);
