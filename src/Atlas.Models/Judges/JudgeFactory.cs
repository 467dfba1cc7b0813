using System.ComponentModel.DataAnnotations;
using Atlas.Models.Judges.Ensemble;
using Atlas.Models.Judges.Http;

namespace Atlas.Models.Judges;

/// <summary>Makes the judges that come with Atlas.</summary>
public static class JudgeFactory
{
    /// <summary>Three samples of a small model at different temperatures, and an arbiter where they differ or are unsure.</summary>
    /// <param name="small">The model that judges first.</param>
    /// <param name="arbiter">The model that decides.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="time">The clock; null means the system's.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IJudge Ensemble(JudgeModel small, JudgeModel arbiter, JudgeEnsembleOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(arbiter);
        return new JudgeEnsemble(small, arbiter, Valid(options ?? new()), time ?? TimeProvider.System);
    }

    /// <summary>A judge that is asked over HTTP.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="options">Where to.</param>
    /// <param name="time">The clock; null means the system's.</param>
    /// <exception cref="ValidationException">An option is missing or out of its range.</exception>
    public static IJudge Http(HttpClient http, HttpJudgeOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        return new HttpJudge(http, Valid(options), time ?? TimeProvider.System);
    }

    private static T Valid<T>(T options)
        where T : class
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}
