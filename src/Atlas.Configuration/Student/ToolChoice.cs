namespace Atlas.Configuration.Student;

/// <summary>Whether a call may or must use a tool.</summary>
public enum ToolChoice
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>The model must call a tool.</summary>
    Required,
}
