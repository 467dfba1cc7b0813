namespace Atlas.Learning.Journal;

/// <summary>The outcome of a synthesis.</summary>
/// <param name="Done">False if the key changed in the meantime, so that the synthesizer must be asked again.</param>
/// <param name="StudentNote">A note on the newest of the sessions, for the student; null if there is none.</param>
/// <param name="TeacherNote">The same for the teacher.</param>
public readonly record struct SynthesisConclusion(bool Done, string? StudentNote = null, string? TeacherNote = null)
{
    /// <summary>Whether an event records it, with its cost. A frozen key takes no answer, and has it asked for again later.</summary>
    public bool Recorded { get; init; }
}
