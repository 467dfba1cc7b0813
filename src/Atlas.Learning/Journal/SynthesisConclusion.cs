namespace Atlas.Learning.Journal;

/// <summary>How far a synthesis got.</summary>
/// <param name="Done">False if the key has outrun the answer, so that it has to be asked for again.</param>
/// <param name="StudentNote">A note on the newest of the sessions, for the student; null if there is none.</param>
/// <param name="TeacherNote">The same for the teacher.</param>
public readonly record struct SynthesisConclusion(bool Done, string? StudentNote = null, string? TeacherNote = null);
