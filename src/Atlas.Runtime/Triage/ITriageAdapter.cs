using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>Writes the triage dossier of a task. Called for several sessions concurrently, so it must not keep the state of a call.</summary>
public interface ITriageAdapter
{
    /// <summary>Creates the dossier.</summary>
    /// <param name="task">The task, as it was given.</param>
    /// <param name="metadata">The session's metadata, which must not be changed.</param>
    TriageDossier Write(string task, JsonObject metadata);
}
