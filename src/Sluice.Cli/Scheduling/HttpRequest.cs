using System.Globalization;
using System.Text;
using Sluice.Core;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Sends the request of a task.</summary>
internal static class HttpRequest
{
    private const int MostOfAnAnswer = 1_000;

    /// <summary>Sends it, and waits for the answer.</summary>
    /// <param name="request">The request, its templates filled in.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PipelineException">There is no answer, or it is 400 or above.</exception>
    public static async Task<TaskOutcome> SendAsync(
        TaskWork.Http request,
        Action<string> output,
        CancellationToken cancellationToken
    )
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Url);
        if (request.Body is { } body)
        {
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.Remove(name);
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        // The query may carry a secret.
        var place = new Uri(request.Url).GetLeftPart(UriPartial.Path);
        try
        {
            using var answer = await client.SendAsync(message, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            output($"{request.Method} {place}: {status}");
            output(text.Length > MostOfAnAnswer ? text[..MostOfAnAnswer] + "…" : text);
            return answer.IsSuccessStatusCode || (int)answer.StatusCode < 400
                ? new(Note: status)
                : throw new PipelineException($"{request.Method} {place} was answered with {status}.");
        }
        catch (HttpRequestException failure)
        {
            throw new PipelineException($"{request.Method} {place} failed: {failure.Message}", failure);
        }
    }
}
