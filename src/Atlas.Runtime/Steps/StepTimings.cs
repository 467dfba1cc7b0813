using System.Text.Json.Nodes;

namespace Atlas.Runtime.Steps;

/// <summary>How long the parts of an attempt took.</summary>
internal sealed record StepTimings(TimeSpan Student, TimeSpan Validation, bool GuidanceFollows)
{
    /// <summary>Converts to the form of <c>timings_ms</c>, rounded to microseconds.</summary>
    public JsonObject ToJson()
    {
        var (student, validation) = (Milliseconds(Student), Milliseconds(Validation));
        var json = new JsonObject { ["student_ms"] = student, ["validation_ms"] = validation };
        if (GuidanceFollows)
        {
            json["guidance_ms"] = 0.0;
        }

        json["total_ms"] = Math.Round(student + validation, 3);
        return json;
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
