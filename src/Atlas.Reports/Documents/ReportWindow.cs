namespace Atlas.Reports.Documents;

/// <summary>A window of sessions.</summary>
/// <param name="Label"><c>recent</c> or <c>baseline</c>.</param>
/// <param name="Size">The largest number of rewarded sessions.</param>
public sealed record ReportWindow(string Label, int Size);
