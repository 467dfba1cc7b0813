using System.Text.Json.Nodes;
using Atlas.OrderDesk.World;

namespace Atlas.OrderDesk.Script;

/// <summary>The scripted models, by the names that a configuration uses for them.</summary>
internal sealed class DeskModels(DeskWorld world, DeskOptions options)
{
    public const string Student = "desk-student";
    public const string Teacher = "desk-teacher";
    public const string Judge = "desk-judge";
    public const string Synthesizer = "desk-synthesizer";
    public const string Probe = "desk-probe";

    private readonly DeskSynthesizer _synthesizer = new(options.SessionsPerLesson);

    public static IReadOnlyList<string> Names { get; } = [Student, Teacher, Judge, Synthesizer, Probe];

    /// <summary>Returns the answer of the model that the request names; null if there is no such model.</summary>
    public DeskAnswer? Answer(JsonNode request)
    {
        var turn = DeskTurn.Read(request);
        return turn.Model switch
        {
            Student => DeskStudent.Answer(turn),
            Teacher => DeskTeacher.Answer(turn),
            Judge => DeskJudge.Answer(turn, world),
            Synthesizer => _synthesizer.Answer(turn),
            Probe => DeskProbe.Answer(),
            _ => null,
        };
    }
}
