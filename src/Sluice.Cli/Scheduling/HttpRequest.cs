using System.Globalization;
using System.Text;
using Sluice.Core;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Sends the request of a task.</summary>
internal static class HttpRequest
{
    private const int MostOfAnAnswer = 1_000;

    // No encoding takes more for one character.
    private const int BytesOfAnAnswer = (MostOfAnAnswer + 1) * 4;

    /// <summary>Sends it, follows redirects, and waits for the answer.</summary>
    /// <param name="request">The request, its templates filled in.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PipelineException">It cannot be sent, there is no answer, or it is none of 200 to 299.</exception>
    public static async Task<TaskOutcome> SendAsync(
        TaskWork.Http request,
        Action<string> output,
        CancellationToken cancellationToken
    )
    {
        var url = UrlOf(request.Url);
        // The query may carry a secret, and so may what is before the host.
        var place = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var message = Message(request, url);
        try
        {
            using var answer = await client.SendAsync(
                message,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            var text = await TextAsync(answer.Content, cancellationToken);
            var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            output($"{request.Method} {place}: {status}");
            output(text.Length > MostOfAnAnswer ? text[..MostOfAnAnswer] + "…" : text);
            return answer.IsSuccessStatusCode
                ? new(Note: status)
                : throw new PipelineException($"{request.Method} {place} was answered with {status}.")
                {
                    Hint = (int)answer.StatusCode is >= 300 and < 400
                        ? "Name the address that it redirects to: not all redirects are followed, and not for ever."
                        : null,
                };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new PipelineException($"{request.Method} {place} failed: {failure.Message}", failure);
        }
    }

    private static Uri UrlOf(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        var shown = text.Split('?')[0];
        throw new PipelineException($"'{shown[(shown.LastIndexOf('@') + 1)..]}' is no URL.")
        {
            Hint = "It has to come to http://host/path or https://host/path when its template is filled in.",
        };
    }

    private static HttpRequestMessage Message(TaskWork.Http request, Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.Body is { } body)
        {
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in request.Headers)
        {
            if (value.Any(char.IsControl))
            {
                throw new PipelineException($"The header {name} has a line break or another control character.")
                {
                    Hint = "A header is one line.",
                };
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.Remove(name);
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    // The beginning of it: the rest is read to its end, and not kept.
    private static async Task<string> TextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4_096];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            kept.Write(buffer, 0, (int)Math.Min(count, BytesOfAnAnswer - kept.Length));
        }

        kept.Position = 0;
        using var reader = new StreamReader(kept, EncodingOf(content.Headers.ContentType?.CharSet));
        return await reader.ReadToEndAsync(cancellationToken);
    }

    // Whatever it calls its characters, it was answered.
    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
