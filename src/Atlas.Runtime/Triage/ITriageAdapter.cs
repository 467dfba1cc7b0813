using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>Writes the triage dossier of a task. Called for several sessions at once; it keeps nothing of a call in itself.</summary>
public interface ITriageAdapter
{
    /// <summary>Makes the dossier.</summary>
    /// <param name="task">The task, as it was given.</param>
    /// <param name="metadata">The session's metadata; not to be changed.</param>
    TriageDossier Write(string task, JsonObject metadata);
}
