namespace Atlas.Silo.Settings;

/// <summary>A setting with which the silo cannot start. The message says which one and what would be right.</summary>
internal sealed class SettingsException(string message) : Exception(message);
