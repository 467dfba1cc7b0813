namespace Atlas.Import.Alfworld;

/// <summary>One file of recordings.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Arm">Which variant of the agent ran, say <c>reflexion</c>.</param>
/// <param name="Number">Which trial, from 0.</param>
internal sealed record AlfworldTrial(string Path, string Arm, int Number)
{
    public string FileName => System.IO.Path.GetFileName(Path);
}
